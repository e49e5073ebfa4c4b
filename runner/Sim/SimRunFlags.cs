using System.CommandLine;
using System.CommandLine.Parsing;
using Testbed.Foundation;
using Testbed.Sim.Workloads;

namespace Testbed.Runner.Sim;

/// <summary>The flags of `testbed sim run`, and the command line that runs one of its seeds again.</summary>
internal sealed class SimRunFlags
{
    private const long SecondsDefault = 60;
    private const long SecondsMin = 12;
    private const long SecondsMax = 86_400;

    private readonly Option<string> _seeds = new("--seed", "--seeds")
    {
        Description = "The seed, or a range of seeds such as 1..200.",
        HelpName = "n|n..m",
        Required = true,
    };

    private readonly Option<long?> _seconds = new("--seconds")
    {
        Description = "Virtual seconds in which clients work and faults happen, "
            + $"{SecondsMin} to {SecondsMax}; {SecondsDefault} when left out.",
        HelpName = "n",
        CustomParser = NumberFlag.Between(SecondsMin, SecondsMax),
    };

    private readonly Option<bool> _withoutSync = new("--plant-sync-removed")
    {
        Description = "Plant a bug: syncs report success and make nothing durable. The run should fail.",
    };

    public Option<bool> Trace { get; } = new("--trace")
    {
        Description = "Prints one line for each event.",
    };

    public Option<bool> Json { get; } = new("--json")
    {
        Description = "Prints one JSON object per seed.",
    };

    /// <summary>How to see a run again, with all its events.</summary>
    public static string Replay(WorkloadSettings settings)
    {
        var isDefault = settings.DurationMs == SecondsDefault * 1_000;
        var seconds = isDefault ? "" : $" --seconds {settings.DurationMs / 1_000}";
        var planted = settings.IsSyncRemoved ? " --plant-sync-removed" : "";
        return $"testbed sim run --seed {settings.Seed}{seconds}{planted} --trace";
    }

    public void AddTo(Command command)
    {
        _seeds.Validators.Add(ValidateSeeds);
        Option[] options = [_seeds, _seconds, Trace, Json, _withoutSync];
        foreach (var option in options)
        {
            command.Add(option);
        }
        command.Validators.Add(Validate);
    }

    public SeedRange Seeds(ParseResult parsed)
    {
        var isRange = SeedRange.TryParse(parsed.GetRequiredValue(_seeds), out var range);
        Invariant.Assert(isRange);
        return range;
    }

    /// <summary>The run of the first seed; the others differ in the seed alone.</summary>
    public WorkloadSettings Settings(ParseResult parsed) => new()
    {
        Seed = Seeds(parsed).First,
        DurationMs = (parsed.GetValue(_seconds) ?? SecondsDefault) * 1_000,
        IsSyncRemoved = parsed.GetValue(_withoutSync),
    };

    private static void ValidateSeeds(OptionResult result)
    {
        var text = result.Tokens[0].Value;
        if (!SeedRange.TryParse(text, out _))
        {
            result.AddError($"--seed '{text}' is no whole number from 0 and no range such as 1..200.");
        }
    }

    private void Validate(CommandResult result)
    {
        if (result.GetValue(Trace) && result.GetValue(Json))
        {
            result.AddError("--trace does not go with --json: the lines of a trace are no JSON.");
        }
    }
}
