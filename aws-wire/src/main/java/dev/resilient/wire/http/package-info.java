/** Requests and responses as they are on the wire, and how they are percent-encoded. */
package dev.resilient.wire.http;
