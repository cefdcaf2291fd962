/** The resources of a deployment, each of which can be created and deleted again and again, found by name and tag. */
package dev.resilient.scenario.resource;
