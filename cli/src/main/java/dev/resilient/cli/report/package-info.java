/** What drills found, as one page for people: every file that it needs is within it. */
package dev.resilient.cli.report;
