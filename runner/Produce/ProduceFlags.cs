using System.CommandLine;
using System.CommandLine.Parsing;
using Testbed.Client;
using Testbed.Compression;

namespace Testbed.Runner;

/// <summary>The flags of `testbed produce`.</summary>
internal sealed class ProduceFlags
{
    private const string ParseKey = "parse.key";
    private const string KeySeparatorProperty = "key.separator";
    private const string DefaultKeySeparator = "\t";

    private readonly PropertyFlag _properties = new([ParseKey, KeySeparatorProperty]);

    public ClientFlags Client { get; } = new();

    public Option<string> Topic { get; } = new("--topic")
    {
        Description = "Topic to write to.",
        HelpName = "name",
        Required = true,
    };

    public Option<string?> KeySeparator { get; } = new("--key-separator")
    {
        Description = "Lines have a key before this text and a value behind it "
            + "(short for --property parse.key=true --property key.separator=...).",
        HelpName = "text",
    };

    public Option<bool> Json { get; } = new("--json")
    {
        Description = "Lines are JSON objects with key, value, headers, partition, timestamp; "
            + "keyBase64 and valueBase64 for what is no text.",
    };

    public Option<string> Acks { get; } = new("--acks", "--request-required-acks")
    {
        Description = "Who must have a record before it counts: all in-sync replicas (-1), "
            + "the leader (1), nobody (0).",
        HelpName = "all|1|0",
        DefaultValueFactory = _ => "all",
    };

    public Option<string?> Codec { get; } = new("--compression-codec")
    {
        Description = "How batches are packed: none, gzip, snappy, lz4 or zstd; gzip when no name follows.",
        HelpName = "codec",
        Arity = ArgumentArity.ZeroOrOne,
    };

    public Option<bool> Sync { get; } = new("--sync")
    {
        Description = "Waits for each record's result before the next is sent.",
    };

    public void AddTo(Command command)
    {
        Client.AddTo(command);
        Option[] options = [Topic, _properties.Option, KeySeparator, Json, Acks, Codec, Sync];
        foreach (var option in options)
        {
            command.Add(option);
        }
        Acks.AcceptOnlyFromAmong("all", "-1", "1", "0");
        Codec.AcceptOnlyFromAmong("none", "gzip", "snappy", "lz4", "zstd");
        command.Validators.Add(Validate);
    }

    public IRecordFormat Format(ParseResult parsed)
    {
        var topic = parsed.GetRequiredValue(Topic);
        if (parsed.GetValue(Json))
        {
            return new JsonRecordFormat(topic);
        }
        var separator = parsed.GetValue(KeySeparator) ?? (_properties.Is(parsed, ParseKey)
            ? _properties.Find(parsed, KeySeparatorProperty) ?? DefaultKeySeparator
            : null);
        return new PlainRecordFormat(topic, separator);
    }

    public ProducerOptions Producer(ParseResult parsed)
    {
        var acks = parsed.GetRequiredValue(Acks) switch
        {
            "1" => Testbed.Client.Acks.Leader,
            "0" => Testbed.Client.Acks.None,
            _ => Testbed.Client.Acks.All,
        };
        return new ProducerOptions
        {
            Acks = acks,
            IsIdempotent = acks == Testbed.Client.Acks.All,
            Codec = CodecOf(parsed),
            LingerMs = parsed.GetValue(Sync) ? 0 : ProduceLimits.LingerMs,
            RequestBytesMax = ProduceLimits.RecordBytesMax,
            RequestTimeoutMs = ProduceLimits.DeliveryTimeoutMs / 2,
            DeliveryTimeoutMs = ProduceLimits.DeliveryTimeoutMs,
        };
    }

    private CompressionCodec CodecOf(ParseResult parsed)
    {
        if (parsed.GetResult(Codec) is null or OptionResult { Implicit: true })
        {
            return CompressionCodec.None;
        }
        return parsed.GetValue(Codec) switch
        {
            "none" => CompressionCodec.None,
            "snappy" => CompressionCodec.Snappy,
            "lz4" => CompressionCodec.Lz4,
            "zstd" => CompressionCodec.Zstd,
            _ => CompressionCodec.Gzip,
        };
    }

    private void Validate(CommandResult result)
    {
        if (result.GetValue(Json) && result.GetValue(KeySeparator) is not null)
        {
            result.AddError("--key-separator does not go with --json: a JSON line names its key.");
        }
        if (result.GetValue(KeySeparator) is { Length: 0 })
        {
            result.AddError("--key-separator must not be empty.");
        }
    }
}
