/** Launch templates with their versions. */
package dev.resilient.cloud.ec2.template;
