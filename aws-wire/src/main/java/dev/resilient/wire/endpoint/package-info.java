/** The front door: one address for all services, which finds the service, verifies, asks, checks and answers. */
package dev.resilient.wire.endpoint;
