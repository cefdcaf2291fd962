/**
 * Systems Manager's Parameter Store: the account's own parameters with their versions, and the public ones that name machine
 * images.
 */
package dev.resilient.cloud.ssm;
