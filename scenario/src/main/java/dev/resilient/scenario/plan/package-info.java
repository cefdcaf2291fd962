/** What deploying would find and do, looked up before anything is made. */
package dev.resilient.scenario.plan;
