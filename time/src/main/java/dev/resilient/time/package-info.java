/** Time as an argument. */
package dev.resilient.time;
