/** Faults that users give to services on purpose, and how services say that they cannot do what they are asked. */
package dev.resilient.cloud.fault;
