/** DynamoDB's values: what they may be, how they are ordered, what they weigh. */
package dev.resilient.cloud.dynamodb.value;
