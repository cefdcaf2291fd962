/** The seven phases as data: what is done, and what must become true within which time. */
package dev.resilient.scenario.phase;
