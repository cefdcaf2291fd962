/** What phases and drills are played with: levers, a watch on the targets, and a player of steps that judges expectations. */
package dev.resilient.scenario.play;
