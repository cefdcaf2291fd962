/** What drills found: immutable records, and how they are written for programs, people and continuous integration. */
package dev.resilient.scenario.drill.report;
