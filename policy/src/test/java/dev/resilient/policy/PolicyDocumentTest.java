package dev.resilient.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.resilient.policy.PolicyDocument.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PolicyDocumentTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "Deny | 'StringEquals': {'a:b': 'c'} | true",
                "Deny | 'StringNotEquals': {'a:b': 'c'} | false",
                "Deny | 'StringEqualsIfExists': {'a:b': 'c'} | false",
                "Deny | 'Null': {'a:b': 'true'} | false",
                "Deny | 'Null': {'a:b': 'false'} | true",
                "Allow | 'StringEquals': {'a:b': 'c'} | false",
                "Allow | 'StringNotEquals': {'a:b': 'c'} | true",
                "Allow | 'ForAllValues:StringEquals': {'a:b': 'c'} | true",
                "Allow | 'Null': {'a:b': 'true'} | true",
            })
    void a_key_restricts_if_without_it_more_is_permitted(String effect, String condition, boolean restricts) {
        PolicyDocument policy = PolicyDocument.parse(
                document("'Effect': '%s', 'Action': '*', 'Resource': '*', 'Condition': {%s}"
                        .formatted(effect, condition)),
                Kind.IDENTITY);

        assertThat(policy.keysThatRestrict().contains("a:b")).isEqualTo(restricts);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{ | This policy contains invalid Json",
                "{} {} | This policy contains invalid Json",
                "{'Version': '2012-10-17', 'Version': '2012-10-17'} | This policy contains invalid Json",
                "[] | Syntax errors in policy.",
                "{'Version': '2012-10-17'} | Syntax errors in policy.",
                "{'Version': '2012-10-17', 'Statement': []} | Syntax errors in policy.",
                "{'Version': '2012-10-17', 'Statement': [1]} | Syntax errors in policy.",
                "{'Version': '2012-10-17', 'Statements': []} | Syntax errors in policy.",
                "{'Statement': {}} | Policy document must be version 2012-10-17 or greater.",
                "{'Version': '2008-10-17', 'Statement': {}} | Policy document must be version 2012-10-17 or greater.",
            })
    void a_malformed_document_is_refused_in_iams_words(String text, String message) {
        assertMalformed(text.replace('\'', '"'), Kind.IDENTITY, message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'Action': 's3:*', 'Resource': '*' | Missing required field Effect",
                "'Effect': 'allow', 'Action': 's3:*', 'Resource': '*' | Invalid effect: allow",
                "'Effect': 'Allow', 'Resource': '*' | Policy statement must contain actions.",
                "'Effect': 'Allow', 'Action': 's3:*' | Policy statement must contain resources.",
                "'Effect': 'Allow', 'Action': [], 'Resource': '*' | Policy statement must contain actions.",
                "'Effect': 'Allow', 'Action': 's3:*', 'NotAction': 's3:*', 'Resource': '*' | Syntax errors in policy.",
                "'Effect': 'Allow', 'Action': 1, 'Resource': '*' | Syntax errors in policy.",
                "'Effect': 'Allow', 'Action': 's3:*', 'Resource': '*', 'Color': 'red' | Syntax errors in policy.",
                "'Effect': 'Allow', 'Action': 'read', 'Resource': '*' | Actions/Conditions must be prefaced by a"
                        + " vendor, e.g., iam, sdb, ec2, etc.",
                "'Effect': 'Allow', 'Action': 's3:*', 'Resource': 'bucket' | Resource bucket must be in ARN format or"
                        + " \"*\".",
                "'Effect': 'Allow', 'Action': 's3:*', 'Resource': 'arn:aws:s3' | The policy failed legacy parsing",
                "'Effect': 'Allow', 'Action': 's3:*', 'Resource': '*', 'Principal': '*' |"
                        + " Policy document should not specify a principal.",
                "'Effect': 'Allow', 'Action': 's3:*', 'Resource': '*', 'Condition': {'Equals': {'a': 'b'}} |"
                        + " Invalid Condition type : Equals.",
                "'Effect': 'Allow', 'Action': 's3:*', 'Resource': '*', 'Condition': {'Bool': 'b'} |"
                        + " Syntax errors in policy.",
            })
    void a_malformed_statement_is_refused_in_iams_words(String statement, String message) {
        assertMalformed(document(statement), Kind.IDENTITY, message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'Action': 'sts:AssumeRole' | Missing required field Principal",
                "'Principal': '*', 'Action': 'sts:AssumeRole', 'Resource': '*' | Has prohibited field Resource",
                "'Principal': '*', 'Action': 's3:*' | AssumeRole policy may only specify STS AssumeRole actions.",
                "'Principal': {'AWS': 'me'}, 'Action': 'sts:AssumeRole' | Invalid principal in policy: \"AWS\":\"me\"",
                "'Principal': {'Service': 'ec2'}, 'Action': 'sts:AssumeRole' |"
                        + " Invalid principal in policy: \"SERVICE\":\"ec2\"",
            })
    void a_malformed_trust_policy_is_refused_in_iams_words(String statement, String message) {
        assertMalformed(document("'Effect': 'Allow', " + statement), Kind.TRUST, message);
    }

    @Test
    void a_trust_policy_may_be_of_2008() {
        String text = """
            {"Version": "2008-10-17", "Statement": [
              {"Sid": "", "Effect": "Allow", "Principal": {"Service": "ec2.amazonaws.com"}, "Action": "sts:AssumeRole"}]}
            """;

        assertThat(PolicyDocument.parse(text, Kind.TRUST).statements()).hasSize(1);
        assertThat(PolicyDocument.parse(text, Kind.TRUST).text()).isEqualTo(text);
    }

    @Test
    void statement_ids_are_unique() {
        String statement = "{'Sid': 'a', 'Effect': 'Allow', 'Action': 's3:*', 'Resource': '*'}";
        String text = "{'Version': '2012-10-17', 'Statement': [" + statement + ", " + statement + "]}";

        assertMalformed(
                text.replace('\'', '"'), Kind.IDENTITY, "Statement IDs (SID) in a single policy must be unique.");
    }

    private static String document(String statement) {
        return ("{'Version': '2012-10-17', 'Statement': {" + statement + "}}").replace('\'', '"');
    }

    private static void assertMalformed(String text, Kind kind, String message) {
        assertThatExceptionOfType(MalformedPolicyException.class)
                .isThrownBy(() -> PolicyDocument.parse(text, kind))
                .withMessage(message);
    }
}
