using System.Collections.Generic;
using Testbed.Client;
using Testbed.Foundation;
using Testbed.Wire;

namespace Testbed.Runner;

/// <summary>What a cluster or the way to it refuses, in words that say what helps.</summary>
internal static class ClientErrors
{
    /// <summary>No broker has answered.</summary>
    public static CommandException Unreachable(
        IReadOnlyList<NetworkAddress> bootstrap, string? detail) => new(
        $"no broker of {string.Join(',', bootstrap)} has answered: {detail ?? "no answer in time"}. "
        + "Is it running, and does --bootstrap-server name it?");

    /// <summary>A question or a change that got no answer, or was refused as a whole.</summary>
    public static CommandException Of<T>(AdminResult<T> result, IReadOnlyList<NetworkAddress> bootstrap)
        where T : class =>
        result.Error is ErrorCode.NetworkException or ErrorCode.RequestTimedOut
            ? Unreachable(bootstrap, result.Message)
            : new CommandException(Words(result.Error, result.Message));

    public static CommandException NoSuchTopic(string topic) => new(
        $"topic '{topic}' does not exist. To see which do: testbed topics --list; "
        + "to make one: testbed topics --create --topic NAME");

    /// <summary>An error of a topic as a whole.</summary>
    public static CommandException OfTopic(string topic, ErrorCode error, string? message = null) =>
        error == ErrorCode.UnknownTopicOrPartition
            ? NoSuchTopic(topic)
            : new CommandException($"topic '{topic}': {Words(error, message)}");

    /// <summary>The error as Kafka names it, what the broker said of it, and what helps.</summary>
    public static string Words(ErrorCode error, string? message = null)
    {
        if (string.IsNullOrEmpty(message))
        {
            return ErrorAdvice.Of(error) is { } alone ? $"{error.KafkaName()}: {alone}" : error.KafkaName();
        }
        // What a broker says of a topic's name is what there is to say.
        var helps = error == ErrorCode.InvalidTopicException ? null : ErrorAdvice.Of(error);
        return helps is null
            ? $"{error.KafkaName()}: {message}"
            : $"{error.KafkaName()}: {message.TrimEnd('.')}: {helps}";
    }

    /// <summary>Why metadata could not be had.</summary>
    public static string Words(CloseReason? reason) => reason switch
    {
        CloseReason.Refused => "nobody listens there",
        CloseReason.Unreachable => "the host name is unknown or no route leads there",
        CloseReason.Malformed => "what answers there does not speak Kafka's protocol",
        CloseReason.Reset or CloseReason.Remote => "the connection was closed",
        _ => "no answer in time",
    };
}
