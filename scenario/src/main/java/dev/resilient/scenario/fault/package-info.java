/** What can be done to the service, or to what it stands on, with SDK calls alone; and undone by what was noted when it was done. */
package dev.resilient.scenario.fault;
