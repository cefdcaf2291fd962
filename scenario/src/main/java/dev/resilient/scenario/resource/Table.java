package dev.resilient.scenario.resource;

import dev.resilient.scenario.base.Environment;
import dev.resilient.scenario.base.Waiting.Sight;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ResourceInUseException;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;
import software.amazon.awssdk.services.dynamodb.model.TableStatus;
import software.amazon.awssdk.services.dynamodb.model.Tag;

/** A DynamoDB table of the deployment, paid by the request. */
abstract sealed class Table implements Resource permits RecommendationTable, HeartbeatTable {
    private static final Duration LIMIT = Duration.ofMinutes(2);

    private final Environment environment;
    private final String name;
    private final List<Key> keys;
    private final Ownership ownership;
    private final DynamoDbClient dynamoDb;

    /** @param keys the partition key, and the sort key if there is one */
    Table(Environment environment, String name, List<Key> keys) {
        this.environment = environment;
        this.name = name;
        this.keys = keys;
        this.ownership = new Ownership(environment.deployment());
        this.dynamoDb = environment.aws().dynamoDb();
    }

    /** An attribute by which items are found. */
    record Key(String attribute, ScalarAttributeType type) {
        AttributeDefinition definition() {
            return AttributeDefinition.builder()
                    .attributeName(attribute)
                    .attributeType(type)
                    .build();
        }
    }

    /** Puts into the active table what belongs there; may be called again. */
    abstract void complete();

    Environment environment() {
        return environment;
    }

    DynamoDbClient dynamoDb() {
        return dynamoDb;
    }

    static Duration limit() {
        return LIMIT;
    }

    @Override
    public String kind() {
        return "DynamoDB table";
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void claim() {
        tags().ifPresent(tags -> ownership.require(tags, kind(), name));
    }

    @Override
    public Creation create() {
        Optional<Map<String, String>> found = tags();
        found.ifPresent(tags -> ownership.require(tags, kind(), name));
        if (found.isEmpty()) {
            createTable();
        }
        environment.waiting().until("the table " + name + " is active", LIMIT, () -> {
            Optional<TableStatus> status = describe().map(TableDescription::tableStatus);
            if (status.isEmpty() && found.isPresent()) {
                // Whoever was interrupted had been deleting it.
                createTable();
            }
            return Sight.when(
                    status.filter(TableStatus.ACTIVE::equals).isPresent(),
                    "the table is " + status.map(TableStatus::toString).orElse("not there"));
        });
        complete();
        return found.isEmpty() ? Creation.CREATED : Creation.FOUND;
    }

    @Override
    public boolean delete() {
        if (ours().isEmpty()) {
            return false;
        }
        environment
                .waiting()
                .retry(
                        "the table " + name + " can be deleted",
                        LIMIT,
                        ResourceInUseException.class::isInstance,
                        this::deleteTable);
        environment
                .waiting()
                .until(
                        "the table " + name + " is gone",
                        LIMIT,
                        () -> Sight.when(describe().isEmpty(), "it is being deleted"));
        return true;
    }

    @Override
    public List<String> existing() {
        return ours().map(table -> kind() + " " + name + " (" + table.tableStatus() + ")").stream()
                .toList();
    }

    private Optional<TableDescription> ours() {
        return describe()
                .filter(table -> tagsOf(table).filter(ownership::isOurs).isPresent());
    }

    private Optional<TableDescription> describe() {
        try {
            return Optional.of(
                    dynamoDb.describeTable(request -> request.tableName(name)).table());
        } catch (ResourceNotFoundException _) {
            return Optional.empty();
        }
    }

    private boolean deleteTable() {
        try {
            dynamoDb.deleteTable(request -> request.tableName(name));
        } catch (ResourceNotFoundException _) {
            // It is gone, although a moment ago it could still be seen.
        }
        return true;
    }

    private Optional<Map<String, String>> tags() {
        return describe().flatMap(this::tagsOf);
    }

    /** Empty if the table went away between the two questions, as one does that whoever was interrupted had been deleting. */
    private Optional<Map<String, String>> tagsOf(TableDescription table) {
        try {
            return Optional.of(
                    dynamoDb.listTagsOfResource(request -> request.resourceArn(table.tableArn())).tags().stream()
                            .collect(Collectors.toMap(Tag::key, Tag::value)));
        } catch (ResourceNotFoundException _) {
            return Optional.empty();
        }
    }

    private void createTable() {
        try {
            requestTable();
        } catch (ResourceInUseException _) {
            // It is there, although it could not be seen.
        }
    }

    private void requestTable() {
        dynamoDb.createTable(request -> request.tableName(name)
                .attributeDefinitions(keys.stream().map(Key::definition).toList())
                .keySchema(keySchema())
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .tags(environment.tags().entrySet().stream()
                        .map(tag -> Tag.builder()
                                .key(tag.getKey())
                                .value(tag.getValue())
                                .build())
                        .toList()));
    }

    private List<KeySchemaElement> keySchema() {
        List<KeySchemaElement> schema = new ArrayList<>();
        for (Key key : keys) {
            schema.add(KeySchemaElement.builder()
                    .attributeName(key.attribute())
                    .keyType(schema.isEmpty() ? KeyType.HASH : KeyType.RANGE)
                    .build());
        }
        return schema;
    }
}
