/** Signature Version 4: what a request claims, and whether its signature holds. */
package dev.resilient.wire.signature;
