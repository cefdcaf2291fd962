/**
 * Elastic Load Balancing, version 2. Each of its rooms knows only those to its left: {@code resource} (what is kept) ◀ {@code
 * attribute} ◀ {@code dataplane} (what makes it real sockets, and what that needs of EC2 and S3) ◀ {@code operation} (what callers
 * ask); {@link dev.resilient.cloud.elb.Elb} puts them together.
 */
package dev.resilient.cloud.elb;
