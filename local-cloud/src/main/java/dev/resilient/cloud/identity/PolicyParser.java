package dev.resilient.cloud.identity;

import static dev.resilient.wire.ServiceError.refuseIf;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.resilient.cloud.identity.PolicyDocument.Effect;
import dev.resilient.cloud.identity.PolicyDocument.Kind;
import dev.resilient.cloud.identity.PolicyDocument.Selection;
import dev.resilient.cloud.identity.PolicyDocument.Statement;
import dev.resilient.wire.ServiceError;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads the JSON of a policy of one kind, and refuses what IAM refuses. */
record PolicyParser(Kind kind) {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();
    private static final Set<String> DOCUMENT_ELEMENTS = Set.of("Version", "Id", "Statement");
    private static final Set<String> STATEMENT_ELEMENTS = Set.of(
            "Sid",
            "Effect",
            "Action",
            "NotAction",
            "Resource",
            "NotResource",
            "Principal",
            "NotPrincipal",
            "Condition");
    private static final Pattern AWS_PRINCIPAL = Pattern.compile(
            "\\*|\\d{12}|arn:aws:iam::\\d{12}:(root|(user|role)/.+)|arn:aws:sts::\\d{12}:assumed-role/.+");
    private static final Pattern SERVICE_PRINCIPAL = Pattern.compile("[a-z0-9.-]+\\.amazonaws\\.com");

    PolicyDocument parse(String text) {
        JsonNode document = readObject(text);
        requireKnown(document, DOCUMENT_ELEMENTS);
        checkVersion(document.path("Version").asText(""));
        List<JsonNode> nodes = oneOrMany(document.path("Statement"));
        refuseIf(nodes.isEmpty(), () -> syntaxErrors());
        Set<String> statementIds = new HashSet<>();
        List<Statement> statements = new ArrayList<>();
        for (JsonNode node : nodes) {
            refuseIf(
                    node.hasNonNull("Sid") && !statementIds.add(node.get("Sid").asText()),
                    () -> malformed("Statement IDs (SID) in a single policy must be unique."));
            statements.add(statement(node));
        }
        return new PolicyDocument(text, statements);
    }

    private static JsonNode readObject(String text) {
        try {
            JsonNode document = JSON.readTree(text);
            if (document.isObject()) {
                return document;
            }
        } catch (JsonProcessingException notJson) {
            throw malformed("This policy contains invalid Json");
        }
        throw syntaxErrors();
    }

    /** Roles accept the language of 2008, which is also what a missing version means; permissions do not. */
    private void checkVersion(String version) {
        boolean valid = version.equals("2012-10-17")
                || (kind == Kind.TRUST && (version.isEmpty() || version.equals("2008-10-17")));
        refuseIf(!valid, () -> malformed("Policy document must be version 2012-10-17 or greater."));
    }

    private Statement statement(JsonNode node) {
        refuseIf(!node.isObject(), () -> syntaxErrors());
        requireKnown(node, STATEMENT_ELEMENTS);
        return new Statement(
                effect(node),
                actions(node),
                resources(node),
                principals(node),
                Conditions.parse(node.path("Condition")));
    }

    private static Effect effect(JsonNode node) {
        refuseIf(!node.has("Effect"), () -> malformed("Missing required field Effect"));
        return switch (node.get("Effect").asText()) {
            case "Allow" -> Effect.ALLOW;
            case "Deny" -> Effect.DENY;
            case String other -> throw malformed("Invalid effect: " + other);
        };
    }

    private Selection actions(JsonNode node) {
        Selection actions = selection(node, "Action", "NotAction", "Policy statement must contain actions.");
        for (String action : actions.patterns()) {
            refuseIf(
                    !action.equals("*") && action.indexOf(':') <= 0,
                    () -> malformed("Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc."));
            refuseIf(
                    kind == Kind.TRUST && !action.regionMatches(true, 0, "sts:", 0, 4),
                    () -> malformed("AssumeRole policy may only specify STS AssumeRole actions."));
        }
        return actions;
    }

    private Selection resources(JsonNode node) {
        if (kind == Kind.TRUST) {
            refuse(node, "Resource", "Has prohibited field Resource");
            refuse(node, "NotResource", "Has prohibited field NotResource");
            return Selection.EVERYTHING;
        }
        Selection resources = selection(node, "Resource", "NotResource", "Policy statement must contain resources.");
        for (String resource : resources.patterns()) {
            refuseIf(
                    !resource.equals("*") && !resource.startsWith("arn:"),
                    () -> malformed("Resource " + resource + " must be in ARN format or \"*\"."));
            refuseIf(
                    !resource.equals("*") && resource.split(":", 6).length < 6,
                    () -> malformed("The policy failed legacy parsing"));
        }
        return resources;
    }

    private static Selection selection(JsonNode node, String name, String invertedName, String missing) {
        boolean inverted = node.has(invertedName);
        refuseIf(node.has(name) && inverted, () -> syntaxErrors());
        List<String> patterns = strings(node.path(inverted ? invertedName : name));
        refuseIf(patterns.isEmpty(), () -> malformed(missing));
        return new Selection(patterns, inverted);
    }

    private PrincipalElement principals(JsonNode node) {
        if (kind == Kind.IDENTITY) {
            refuse(node, "Principal", "Policy document should not specify a principal.");
            refuse(node, "NotPrincipal", "Policy document should not specify a principal.");
            return PrincipalElement.NONE;
        }
        boolean inverted = node.has("NotPrincipal");
        refuseIf(inverted && node.has("Principal"), () -> syntaxErrors());
        JsonNode principal = node.path(inverted ? "NotPrincipal" : "Principal");
        refuseIf(principal.isMissingNode(), () -> malformed("Missing required field Principal"));
        if (principal.isTextual() && principal.asText().equals("*")) {
            return new PrincipalElement(List.of("*"), List.of(), inverted);
        }
        refuseIf(!principal.isObject(), () -> malformed("Invalid principal in policy."));
        requireKnown(principal, Set.of("AWS", "Service"));
        return new PrincipalElement(
                principals(principal, "AWS", AWS_PRINCIPAL),
                principals(principal, "Service", SERVICE_PRINCIPAL),
                inverted);
    }

    private static List<String> principals(JsonNode node, String type, Pattern valid) {
        List<String> names = strings(node.path(type));
        for (String name : names) {
            refuseIf(
                    !valid.matcher(name).matches(),
                    () -> malformed(
                            "Invalid principal in policy: \"" + type.toUpperCase(Locale.ROOT) + "\":\"" + name + "\""));
        }
        return names;
    }

    private static void refuse(JsonNode node, String element, String message) {
        refuseIf(node.has(element), () -> malformed(message));
    }

    private static void requireKnown(JsonNode node, Set<String> elements) {
        node.fieldNames().forEachRemaining(name -> {
            refuseIf(!elements.contains(name), () -> syntaxErrors());
        });
    }

    private static List<JsonNode> oneOrMany(JsonNode node) {
        List<JsonNode> nodes = new ArrayList<>();
        if (node.isArray()) {
            node.forEach(nodes::add);
        } else if (!node.isMissingNode()) {
            nodes.add(node);
        }
        return nodes;
    }

    /** One string or a list of them; empty if absent. */
    private static List<String> strings(JsonNode node) {
        List<String> strings = new ArrayList<>();
        for (JsonNode each : oneOrMany(node)) {
            refuseIf(!each.isTextual(), () -> syntaxErrors());
            strings.add(each.asText());
        }
        return strings;
    }

    static ServiceError malformed(String message) {
        return ServiceError.badRequest("MalformedPolicyDocument", message);
    }

    static ServiceError syntaxErrors() {
        return malformed("Syntax errors in policy.");
    }
}
