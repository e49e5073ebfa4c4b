using System.CommandLine;

namespace Testbed.Runner.Commands;

/// <summary>`testbed sim`: what happens in the simulator.</summary>
public static class SimCommand
{
    public static Command Build(Output output) =>
        new("sim", "Runs whole clusters inside the seeded simulator.") { SimRunCommand.Build(output) };
}
