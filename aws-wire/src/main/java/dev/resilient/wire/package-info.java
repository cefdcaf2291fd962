/**
 * The server side of AWS's wire protocols on the SDK's own types: HTTP in, a typed request to a handler, a typed response
 * out. It verifies signatures and checks input rules, and knows no service and no state.
 *
 * <p>This package is what a service and its account see of it: operations, who may call them, and errors. The packages below
 * it are how it is done; an {@link dev.resilient.wire.endpoint.AwsEndpoint} puts them together.
 */
package dev.resilient.wire;
