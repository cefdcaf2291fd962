package dev.resilient.policy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.resilient.policy.PolicyDocument.Effect;
import dev.resilient.policy.PolicyDocument.Kind;
import dev.resilient.policy.PolicyDocument.Selection;
import dev.resilient.policy.PolicyDocument.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** Reads the JSON of a policy of one kind, and refuses what IAM refuses. */
record PolicyParser(Kind kind) {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();
    private static final Set<String> DOCUMENT_ELEMENTS = Set.of("Version", "Id", "Statement");
    private static final Set<String> STATEMENT_ELEMENTS =
            Set.of("Sid Effect Action NotAction Resource NotResource Principal NotPrincipal Condition".split(" "));
    private static final Pattern AWS_PRINCIPAL = Pattern.compile(
            "\\*|\\d{12}|arn:aws:iam::\\d{12}:(root|(user|role)/.+)|arn:aws:sts::\\d{12}:assumed-role/.+");
    private static final Pattern SERVICE_PRINCIPAL = Pattern.compile("[a-z0-9.-]+\\.amazonaws\\.com");
    static final String SYNTAX = "Syntax errors in policy.";

    PolicyDocument parse(String text) {
        JsonNode document = read(text);
        checkElements(document, DOCUMENT_ELEMENTS);
        checkVersion(document.path("Version").asText(""));
        List<JsonNode> nodes = oneOrMany(document.path("Statement"));
        refuseIf(nodes.isEmpty(), SYNTAX);
        Set<String> statementIds = new HashSet<>();
        for (JsonNode node : nodes) {
            refuseIf(
                    node.hasNonNull("Sid") && !statementIds.add(node.get("Sid").asText()),
                    "Statement IDs (SID) in a single policy must be unique.");
        }
        return new PolicyDocument(text, nodes.stream().map(this::statement).toList());
    }

    private static JsonNode read(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException notJson) {
            throw malformed("This policy contains invalid Json");
        }
    }

    /** Roles accept the language of 2008, which is also what a missing version means; permissions do not. */
    private void checkVersion(String version) {
        boolean old = version.isEmpty() || version.equals("2008-10-17");
        refuseIf(
                !version.equals("2012-10-17") && !(old && kind == Kind.TRUST),
                "Policy document must be version 2012-10-17 or greater.");
    }

    private Statement statement(JsonNode node) {
        checkElements(node, STATEMENT_ELEMENTS);
        return new Statement(
                effect(node),
                actions(node),
                resources(node),
                principals(node),
                Conditions.parse(node.path("Condition")));
    }

    private static Effect effect(JsonNode node) {
        refuseIf(!node.has("Effect"), "Missing required field Effect");
        return switch (node.get("Effect").asText()) {
            case "Allow" -> Effect.ALLOW;
            case "Deny" -> Effect.DENY;
            case String other -> throw malformed("Invalid effect: " + other);
        };
    }

    private Selection actions(JsonNode node) {
        Selection actions = selection(node, "Action", "Policy statement must contain actions.");
        for (String action : actions.patterns()) {
            refuseIf(
                    !action.equals("*") && action.indexOf(':') <= 0,
                    "Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.");
            refuseIf(
                    kind == Kind.TRUST && !action.regionMatches(true, 0, "sts:", 0, 4),
                    "AssumeRole policy may only specify STS AssumeRole actions.");
        }
        return actions;
    }

    private Selection resources(JsonNode node) {
        if (kind == Kind.TRUST) {
            refuseIf(node.has("Resource"), "Has prohibited field Resource");
            refuseIf(node.has("NotResource"), "Has prohibited field NotResource");
            return Selection.EVERYTHING;
        }
        Selection resources = selection(node, "Resource", "Policy statement must contain resources.");
        for (String resource : resources.patterns()) {
            boolean every = resource.equals("*");
            refuseIf(
                    !every && !resource.startsWith("arn:"),
                    "Resource " + resource + " must be in ARN format or \"*\".");
            refuseIf(!every && resource.split(":", 6).length < 6, "The policy failed legacy parsing");
        }
        return resources;
    }

    private static Selection selection(JsonNode node, String name, String missing) {
        List<String> patterns = strings(either(node, name));
        refuseIf(patterns.isEmpty(), missing);
        return new Selection(patterns, isInverted(node, name));
    }

    private static boolean isInverted(JsonNode node, String name) {
        return node.has("Not" + name);
    }

    /** An element that is there in one form, as {@code Action} or {@code NotAction}; a missing node if it is not there at all. */
    private static JsonNode either(JsonNode node, String name) {
        refuseIf(node.has(name) && isInverted(node, name), SYNTAX);
        return node.path(isInverted(node, name) ? "Not" + name : name);
    }

    private PrincipalElement principals(JsonNode node) {
        JsonNode principal = either(node, "Principal");
        boolean inverted = isInverted(node, "Principal");
        if (kind == Kind.IDENTITY) {
            refuseIf(!principal.isMissingNode(), "Policy document should not specify a principal.");
            return PrincipalElement.NONE;
        }
        refuseIf(principal.isMissingNode(), "Missing required field Principal");
        if (principal.asText().equals("*")) {
            return new PrincipalElement(List.of("*"), List.of(), inverted);
        }
        refuseIf(!principal.isObject(), "Invalid principal in policy.");
        checkElements(principal, Set.of("AWS", "Service"));
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
                    "Invalid principal in policy: \"" + type.toUpperCase(Locale.ROOT) + "\":\"" + name + "\"");
        }
        return names;
    }

    private static void checkElements(JsonNode node, Set<String> known) {
        refuseIf(!node.isObject(), SYNTAX);
        node.fieldNames().forEachRemaining(name -> refuseIf(!known.contains(name), SYNTAX));
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

    private static List<String> strings(JsonNode node) {
        return texts(node, JsonNode::isTextual);
    }

    /** One valid node or a list of them, as texts; empty if absent. */
    static List<String> texts(JsonNode node, Predicate<JsonNode> valid) {
        List<JsonNode> nodes = oneOrMany(node);
        refuseIf(!nodes.stream().allMatch(valid), SYNTAX);
        return nodes.stream().map(JsonNode::asText).toList();
    }

    static void refuseIf(boolean isTheCase, String message) {
        if (isTheCase) {
            throw malformed(message);
        }
    }

    static MalformedPolicyException malformed(String message) {
        return new MalformedPolicyException(message);
    }
}
