/** The rules that AWS has for input, as data: what is required, how long, of which pattern, in which range. */
package dev.resilient.wire.constraint;
