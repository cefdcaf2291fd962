/** The one stream of what happens in a scenario. Consoles, logs and reports only render it. */
package dev.resilient.scenario.event;
