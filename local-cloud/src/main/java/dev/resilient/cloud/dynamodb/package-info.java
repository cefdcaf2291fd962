/**
 * DynamoDB: tables with a hash key and perhaps a range key, their items, and the operations on both. Secondary indexes,
 * streams, transactions and the legacy conditional parameters are not supported, and say so.
 */
package dev.resilient.cloud.dynamodb;
