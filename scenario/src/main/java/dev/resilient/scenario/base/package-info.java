/** What every part of the scenario stands on: the deployment and its names, the clients of one account, waiting, and pace. */
package dev.resilient.scenario.base;
