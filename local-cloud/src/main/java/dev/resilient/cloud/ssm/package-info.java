/** Systems Manager: the Parameter Store with the public parameters that name machine images, and Run Command. */
package dev.resilient.cloud.ssm;
