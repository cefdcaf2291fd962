/** What an instance really is: processes, files, and the agent that runs scripts beside its user data. */
package dev.resilient.cloud.ec2.process;
