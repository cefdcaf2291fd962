package dev.resilient.scenario.base;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.awscore.AwsResponse;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.core.interceptor.SdkExecutionAttribute;

/**
 * Writes every call to AWS into the log, at debug level: service, operation, how it ended, and the request id by which AWS finds it
 * again. Neither what was asked nor what was answered, so that no secret is among it. Thread-safe.
 */
final class CallLog implements ExecutionInterceptor {
    private static final Logger LOG = LoggerFactory.getLogger(CallLog.class);

    @Override
    public void afterExecution(Context.AfterExecution context, ExecutionAttributes attributes) {
        if (context.response() instanceof AwsResponse answer) {
            log(attributes, "succeeded", answer.responseMetadata().requestId());
        }
    }

    @Override
    public void onExecutionFailure(Context.FailedExecution context, ExecutionAttributes attributes) {
        if (context.exception() instanceof AwsServiceException refusal) {
            AwsErrorDetails details = refusal.awsErrorDetails();
            String code = details == null ? "status " + refusal.statusCode() : details.errorCode();
            log(attributes, "failed with " + code, String.valueOf(refusal.requestId()));
        } else {
            log(attributes, "got no answer: " + context.exception().getClass().getSimpleName(), "none");
        }
    }

    private static void log(ExecutionAttributes attributes, String end, String requestId) {
        LOG.debug(
                "{} {} {}, request id {}",
                attributes.getAttribute(SdkExecutionAttribute.SERVICE_NAME),
                attributes.getAttribute(SdkExecutionAttribute.OPERATION_NAME),
                end,
                requestId);
    }
}
