/** What can be seen of the service from outside: answers to real requests, and the health of the targets. */
package dev.resilient.scenario.observe;
