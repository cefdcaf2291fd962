/** HTTP/1.1 as bytes: reading heads and bodies strictly, and writing heads for the other side. */
@NullMarked
package dev.resilient.loadbalancer.http;

import org.jspecify.annotations.NullMarked;
