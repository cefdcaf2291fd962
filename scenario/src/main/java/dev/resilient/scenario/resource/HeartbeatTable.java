package dev.resilient.scenario.resource;

import dev.resilient.scenario.base.Environment;
import java.util.List;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;

/** The table to which each instance writes whether it can do its work, and in which guards keep their lease. Rows expire. */
final class HeartbeatTable extends Table {
    /** Whose row it is: an instance's id, or the lease's name. */
    static final String KEY = "InstanceId";

    private static final String EXPIRES = "ExpiresAt";

    HeartbeatTable(Environment environment) {
        super(environment, environment.names().heartbeats(), List.of(new Key(KEY, ScalarAttributeType.S)));
    }

    @Override
    void complete() {
        try {
            dynamoDb().updateTimeToLive(request -> request.tableName(name())
                    .timeToLiveSpecification(live -> live.enabled(true).attributeName(EXPIRES)));
        } catch (DynamoDbException failure) {
            // This operation answers so when it is as it should be already.
            if (!Failures.hasCode(failure, "ValidationException")) {
                throw failure;
            }
        }
    }
}
