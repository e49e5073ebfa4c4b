using Testbed.Wire.Messages;

namespace Testbed.Node.Requests.Admin;

/// <summary>CreateTopics, versions 0 to 7.</summary>
public sealed class CreateTopicsHandler(AdminContext admin) : RequestHandler<CreateTopicsRequest>
{
    protected override void Handle(Exchange exchange, CreateTopicsRequest request) =>
        admin.Queue.Add(new CreateTopicsStep(admin, exchange, request));
}
