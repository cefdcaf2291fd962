/**
 * Systems Manager's Run Command: the document that runs shell scripts, the commands that were sent and their invocations, and the
 * instances that can be reached.
 */
package dev.resilient.cloud.ssm.command;
