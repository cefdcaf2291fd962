/**
 * The server side of AWS's wire protocols on the SDK's own types: HTTP in, a typed request to a handler, a typed response
 * out. It verifies signatures and checks input rules, and knows no service and no state.
 */
package dev.resilient.wire;
