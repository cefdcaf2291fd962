/** S3 as far as a service's artifacts need it: buckets, their objects as files in the data folder, tags and access blocks. */
package dev.resilient.cloud.s3;
