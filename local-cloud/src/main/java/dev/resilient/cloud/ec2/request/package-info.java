/** How requests to EC2 are registered, filtered, paged, copied and recognised when they come again. */
package dev.resilient.cloud.ec2.request;
