/** The protocols of the services: a request as the call it is, a response or an error as bytes. */
package dev.resilient.wire.protocol;
