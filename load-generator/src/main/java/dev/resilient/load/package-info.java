/**
 * An open-loop load generator: requests are due at a constant rate whatever becomes of those before, and how long an answer took
 * counts from when its request was due. A service that stalls for a second is therefore seen as the users of that second saw it,
 * and not as one slow request.
 */
package dev.resilient.load;
