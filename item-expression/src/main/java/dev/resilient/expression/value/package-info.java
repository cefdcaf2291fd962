/** DynamoDB's values: what they may be, how they are ordered, what they weigh. */
package dev.resilient.expression.value;
