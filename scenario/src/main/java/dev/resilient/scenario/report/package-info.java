/** What a run found, as a record and as JSON. */
package dev.resilient.scenario.report;
