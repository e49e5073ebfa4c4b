using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Testbed.Client;

namespace Testbed.Runner;

/// <summary>The flags of `testbed consume`.</summary>
internal sealed class ConsumeFlags
{
    private readonly PropertyFlag _properties = new(RecordStyle.Properties);

    public ClientFlags Client { get; } = new();

    public Option<string> Topic { get; } = new("--topic")
    {
        Description = "Topic to read.",
        HelpName = "name",
        Required = true,
    };

    public Option<int?> Partition { get; } = new("--partition")
    {
        Description = "Partition to read; all of them when left out.",
        HelpName = "n",
        CustomParser = NumberFlag.Between(0, int.MaxValue),
    };

    public Option<string?> Offset { get; } = new("--offset")
    {
        Description = "Where to begin: an offset (with --partition), earliest, or latest, the default.",
        HelpName = "n|earliest|latest",
    };

    public Option<bool> FromBeginning { get; } = new("--from-beginning")
    {
        Description = "Begins with the first record: the same as --offset earliest.",
    };

    public Option<long?> MaxMessages { get; } = new("--max-messages")
    {
        Description = "Ends after so many records.",
        HelpName = "n",
        CustomParser = NumberFlag.Between(1, long.MaxValue),
    };

    public Option<long?> TimeoutMs { get; } = new("--timeout-ms")
    {
        Description = "Ends when no record has come for so many milliseconds.",
        HelpName = "n",
        CustomParser = NumberFlag.Between(1, long.MaxValue),
    };

    public Option<bool> ExitAtEnd { get; } = new("--exit-at-end")
    {
        Description = "Ends where the partitions ended when it began.",
    };

    public Option<string> Isolation { get; } = new("--isolation-level")
    {
        Description = "Whether records of open and aborted transactions are seen.",
        HelpName = "read_uncommitted|read_committed",
        DefaultValueFactory = _ => "read_uncommitted",
    };

    public Option<bool> Json { get; } = new("--json")
    {
        Description = "Prints one JSON object per record; what is no text is in keyBase64 and valueBase64.",
    };

    public void AddTo(Command command)
    {
        Client.AddTo(command);
        Option[] options =
        [
            Topic, Partition, Offset, FromBeginning, MaxMessages, TimeoutMs, ExitAtEnd, Isolation,
            _properties.Option, Json,
        ];
        foreach (var option in options)
        {
            command.Add(option);
        }
        Isolation.AcceptOnlyFromAmong("read_uncommitted", "read_committed");
        command.Validators.Add(Validate);
    }

    public ConsumerOptions Consumer(ParseResult parsed) => new()
    {
        Isolation = parsed.GetValue(Isolation) == "read_committed"
            ? IsolationLevel.ReadCommitted
            : IsolationLevel.ReadUncommitted,
    };

    /// <summary>
    /// The offset to begin with, or <see cref="OffsetFinder.Earliest"/> or <see cref="OffsetFinder.Latest"/>.
    /// </summary>
    public long Begin(ParseResult parsed) => (parsed.GetValue(Offset), parsed.GetValue(FromBeginning)) switch
    {
        ("earliest", _) or (null, true) => OffsetFinder.Earliest,
        ("latest" or null, _) => OffsetFinder.Latest,
        var (offset, _) => long.Parse(offset, CultureInfo.InvariantCulture),
    };

    public RecordStyle Style(ParseResult parsed) => RecordStyle.Of(_properties, parsed);

    private void Validate(CommandResult result)
    {
        var offset = result.GetValue(Offset);
        if (offset is not (null or "earliest" or "latest"))
        {
            if (!long.TryParse(offset, NumberStyles.None, CultureInfo.InvariantCulture, out _))
            {
                result.AddError($"--offset '{offset}' is none of earliest, latest and a number from 0.");
            }
            else if (result.GetResult(Partition) is null)
            {
                result.AddError("--offset with a number needs --partition.");
            }
        }
        if (offset is not null && result.GetValue(FromBeginning))
        {
            result.AddError("--from-beginning and --offset exclude each other.");
        }
    }
}
