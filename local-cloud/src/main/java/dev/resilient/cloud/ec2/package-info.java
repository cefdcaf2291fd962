/**
 * Amazon EC2: a package for each kind of resource, which registers its own operations, and {@link dev.resilient.cloud.ec2.Ec2},
 * which puts them together. {@code request} knows none of the others; {@code tag} is known to all that can be tagged; {@code
 * instance} knows everything that an instance is made of, and {@code process} what it really is.
 */
@NullMarked
package dev.resilient.cloud.ec2;

import org.jspecify.annotations.NullMarked;
