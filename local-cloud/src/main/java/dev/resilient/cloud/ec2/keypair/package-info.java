/** Key pairs, in the forms that SSH knows. */
package dev.resilient.cloud.ec2.keypair;
