/** What instances can be launched from: images and instance types. */
package dev.resilient.cloud.ec2.image;
