/** The SDK's shapes as text and text as shapes, in each of the wire's forms, and their members by name. */
package dev.resilient.wire.shape;
