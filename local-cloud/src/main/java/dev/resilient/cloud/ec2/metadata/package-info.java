/** The instance metadata service: one listener per instance, with tokens, the paths below it, and role credentials. */
@NullMarked
package dev.resilient.cloud.ec2.metadata;

import org.jspecify.annotations.NullMarked;
