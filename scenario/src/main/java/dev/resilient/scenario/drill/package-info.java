/**
 * Drills: users come at a steady rate while something breaks, and it is measured what they experience, how long it takes to be
 * noticed, and how long until all is well. A drill is data; one player plays them all, and always undoes what it did.
 */
package dev.resilient.scenario.drill;
